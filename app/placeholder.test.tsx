import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
test('jsdom runs', () => expect(render(<p>hello</p>).getByText('hello').tagName).toBe('P'))
