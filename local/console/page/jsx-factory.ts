// What JSX becomes in the bundle, which is smaller than with the functions of preact/jsx-runtime.
export { Fragment, h } from 'preact';
