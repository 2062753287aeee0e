import { counted } from '../shared/measures.ts';
import { WebLink } from '../shared/web-link.tsx';
import type { ErrorAnswer } from './error-answer.ts';

/** Shows an error. */
export function ErrorView({ error }: { error: ErrorAnswer }) {
  const { code, message, retryAfterSeconds, authorizationUrl, accountStatus, details } = error;
  return (
    <div class="error-view">
      <p class="error-message">
        <strong>{code}</strong> {message}
      </p>
      {authorizationUrl !== null && (
        <p>
          <WebLink href={authorizationUrl}>Connect the account</WebLink>
        </p>
      )}
      {accountStatus !== null && (
        <p>
          The account is <code>{accountStatus}</code>.
        </p>
      )}
      {retryAfterSeconds !== null && <p>Retry after {counted(retryAfterSeconds, 'second')}.</p>}
      {details.length > 0 && (
        <table class="details-table">
          <caption class="visually-hidden">Details</caption>
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Problem</th>
            </tr>
          </thead>
          <tbody>
            {details.map(({ path, issue }) => (
              <tr key={`${path} ${issue}`}>
                <th scope="row">
                  <code>{path || 'the input'}</code>
                </th>
                <td>{issue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
