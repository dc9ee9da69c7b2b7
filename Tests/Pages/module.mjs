import { answer } from './answer.mjs'

export default answer
