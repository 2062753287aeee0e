import { mailTime } from '../../../local/providers/story-time.ts';

/** An e-mail with an attached file, in the format of RFC 5322. */
export const FERRY_MAIL = `From: Lena Fuchs <lena@cityferries.example>
To: Ada Okafor <ada@harborbikes.example>
Cc: Piet Haan <piet@cityferries.example>, Harbor Bikes Sales <sales@harborbikes.example>
Subject: Twelve bikes for our ferry staff
Date: ${new Date(mailTime('2026-11-19T16:20:00Z')).toUTCString()}
Message-ID: <19e5a1c0ada00006@mail.cityferries.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="ferry"

--ferry
Content-Type: text/plain; charset=utf-8

Hello, we would like to lease twelve bikes for our staff from January. Could you send an offer by Wednesday? Their sizes are in the list.

Lena Fuchs, City Ferries
--ferry
Content-Type: text/csv; name="staff-sizes.csv"
Content-Disposition: attachment; filename="staff-sizes.csv"
Content-Transfer-Encoding: base64

bmFtZSxzaXplCkFubmEsTQpCb3JpcyxMCg==
--ferry--
`;

export const NEWS_HTML =
  '<head><style>p { color: teal }</style></head><table><tr><td><h1>Five trends for next spring</h1><p>Cargo bikes, belt drives, and three more things that workshops should prepare for.</p><p><a href="https://cycletrade.example/trends">Read the whole article</a> &amp; tell us what you think.</p></td></tr></table>';

/** Headers of a mailing list whose signature covers all headers that matter for unsubscribing. */
export const NEWS_HEADERS: [string, string][] = [
  [
    'Authentication-Results',
    'mx.google.com; dkim=pass header.i=@cycletrade.example header.s=m1 header.b=Zk3Qw8Xy; spf=pass (google.com: domain of bounce@mailer.example designates 192.0.2.7 as permitted sender) smtp.mailfrom=bounce@mailer.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=cycletrade.example',
  ],
  [
    'DKIM-Signature',
    'v=1; a=rsa-sha256; c=relaxed/relaxed; d=cycletrade.example; s=m1; h=From:To:Subject:Date:List-Unsubscribe:List-Unsubscribe-Post; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=Zk3Qw8XyTq0bNfVd9sLr2mPzUeHcAo71',
  ],
  [
    'List-Unsubscribe',
    '<mailto:leave@cycletrade.example?subject=unsubscribe%20ada>, <https://cycletrade.example/unsubscribe/4f1c9a>',
  ],
  ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
];

/** Headers of a sender with a false name, whose signature is not valid. */
export const PRIZE_HEADERS: [string, string][] = [
  [
    'Authentication-Results',
    'mx.google.com; dkim=fail header.i=@luckywheel.example header.s=k header.b=AbCdEfGh; spf=softfail smtp.mailfrom=winner@luckywheel.example',
  ],
  ['DKIM-Signature', 'v=1; d=luckywheel.example; s=k; h=From:Subject; bh=AAAA; b=AbCdEfGhIjKl'],
  ['List-Unsubscribe', '<https://luckywheel.example/out?id=77>'],
];
