// The functions that JSX compiles to. The bundle is smaller than with preact/jsx-runtime.
export { Fragment, h } from 'preact';
