import { render } from 'preact';
import { Console } from './frame/console.tsx';

const place = document.getElementById('console');
if (!place) throw new Error('The document has no place for the console.');
render(<Console />, place);
