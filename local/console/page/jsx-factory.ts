// JSX compiles to calls of these functions. With preact/jsx-runtime, the bundle would be larger.
export { Fragment, h } from 'preact';
