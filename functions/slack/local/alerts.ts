import { app, type Entry, section } from './message-parts.ts';

/**
 * Messages from four services, each in the format of that service:
 * 1. no text, and an attachment;
 * 2. no text, and an attachment that contains blocks;
 * 3. a short text, and blocks;
 * 4. no text, and an attachment. The app is older and has no profile in the message.
 */
export const ALERTS: readonly Entry[] = [
  {
    // https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/configure-slack/
    ago: [1, '03:12'],
    by: null,
    channel: 'alerts',
    subtype: 'bot_message',
    text: '',
    more: {
      ...app('B0HARBORGRF', 'Grafana'),
      attachments: [
        {
          id: 1,
          color: 'D63232',
          fallback: '[FIRING:1] ShopDiskFull (db-2)',
          title: '[FIRING:1] ShopDiskFull (db-2)',
          title_link: 'https://grafana.harborbikes.example/alerting/list',
          text: '**Firing**\n\nValue: A=97\nLabels:\n - instance = db-2',
          fields: [{ title: 'Severity', value: 'critical', short: true }],
          footer: 'Grafana v12',
          mrkdwn_in: ['text'],
        },
      ],
    },
  },
  {
    // https://docs.aws.amazon.com/codestar-notifications/latest/userguide/notifications-chatbot.html
    ago: [1, '03:30'],
    by: null,
    channel: 'alerts',
    subtype: 'bot_message',
    text: '',
    more: {
      ...app('B0HARBORAWS', 'Amazon Q'),
      attachments: [
        {
          id: 1,
          color: 'a30200',
          fallback: '[no preview available]',
          blocks: [
            section(':rotating_light: *AWS CodePipeline Notification* | eu-west-1'),
            section('*CodePipeline Pipeline Execution State Change: FAILED*', {
              fields: [{ type: 'mrkdwn', text: '*Pipeline*\nharbor-shop' }],
            }),
            {
              type: 'actions',
              elements: [
                {
                  type: 'button',
                  action_id: 'a',
                  text: { type: 'plain_text', text: 'Show in console' },
                  url: 'https://console.aws.example/pipelines/harbor-shop',
                },
              ],
            },
          ],
        },
      ],
    },
  },
  {
    // https://docs.sentry.io/organization/integrations/notification-incidents/slack/
    ago: [1, '04:00'],
    by: null,
    channel: 'alerts',
    subtype: 'bot_message',
    text: 'New alert: TypeError',
    more: {
      ...app('B0HARBORSNT', 'Sentry'),
      blocks: [
        section(':red_circle: <https://sentry.harborbikes.example/issues/41|*TypeError*>'),
        section('```cart is undefined```'),
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'Events: *212*   Users affected: *57*' }] },
        { type: 'divider' },
      ],
      reactions: [{ name: 'eyes', users: ['U0HARBORGRC'], count: 1 }],
    },
  },
  {
    // Sent by an older type of incoming webhook. The name of the app is only in the response of bots.info.
    ago: [1, '04:20'],
    by: null,
    channel: 'alerts',
    subtype: 'bot_message',
    text: '',
    more: {
      bot_id: 'B0HARBORPAG',
      attachments: [
        {
          id: 1,
          pretext: 'Incident #118 was acknowledged by <@U0HARBORGRC>',
          author_name: 'Pager',
          author_link: 'https://pager.harborbikes.example/incidents/118',
          title: 'Shop is slow',
          fallback: 'Incident #118 was acknowledged',
          image_url: 'https://pager.harborbikes.example/graph.png',
          actions: [{ type: 'button', text: 'Resolve', name: 'resolve', value: '118' }],
          ts: 1700000000,
        },
      ],
    },
  },
];
