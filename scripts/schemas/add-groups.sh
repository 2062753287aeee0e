#!/bin/sh
# Adds tools to an existing agent of Amazon Bedrock Agents Classic. Each tool gets an action group, and the agent gets the
# permission to invoke its function.
#
#   AGENT_ID=ABCDEFGHIJ FUNCTION_NAME_PREFIX=scalekit-lambda-tools-prod- sh add-groups.sh gmail_list_unread slack_send_message
#
# An agent has at most 15 groups. The script needs the AWS CLI. A second run keeps existing groups and permissions.
set -eu
: "${AGENT_ID:?is not set; it should hold the ID of the agent}"
: "${FUNCTION_NAME_PREFIX:?is not set; it should hold what the names of the functions begin with, such as scalekit-lambda-tools-prod-}"
[ $# -gt 0 ] || { echo "Name the tools to add, such as: sh $0 gmail_list_unread" >&2; exit 1; }
groups="$(dirname "$0")/groups"

for tool in "$@"; do
  [ -f "$groups/$tool.json" ] || { echo "There is no tool $tool." >&2; exit 1; }
done

# Ignores a conflict with an existing permission or group; any other error ends the script.
unless_there() {
  message="$("$@" 2>&1)" && return
  case "$message" in
    *ConflictException*) echo "$tool: $3 was done before." ;;
    *) echo "$message" >&2; exit 1 ;;
  esac
}

for tool in "$@"; do
  # arn:partition:lambda:region:account:function:name
  function_arn="$(aws lambda get-function-configuration --function-name "$FUNCTION_NAME_PREFIX$tool" --query FunctionArn --output text)"
  IFS=: read -r _ partition _ region account _ <<ARN
$function_arn
ARN
  unless_there aws lambda add-permission --function-name "$function_arn" --statement-id "agent-$AGENT_ID" \
    --action lambda:InvokeFunction --principal bedrock.amazonaws.com --source-account "$account" \
    --source-arn "arn:$partition:bedrock:$region:$account:agent/$AGENT_ID"
  unless_there aws bedrock-agent create-agent-action-group --agent-id "$AGENT_ID" --agent-version DRAFT \
    --action-group-executor "lambda=$function_arn" --cli-input-json "file://$groups/$tool.json"
done
aws bedrock-agent prepare-agent --agent-id "$AGENT_ID"
