"""An agent of Strands with the tools over MCP.

https://strandsagents.com/docs/user-guide/concepts/tools/mcp-tools/
"""

import os
import sys

from strands import Agent
from strands.tools.mcp import MCPClient

INSTRUCTIONS = (
    "Answer with what the tools give. Where a tool answers authorization_required, give the user its "
    "authorization_url and ask them to open it; then try again when they say so."
)


def answer(question, api_url, token, model=None):
    # The token says who the user is, so every user needs a client of their own.
    with MCPClient(url=f"{api_url}/mcp", headers={"authorization": f"Bearer {token}"}) as client:
        # Without a handler nothing is printed while the agent works.
        agent = Agent(
            model, tools=client.list_tools_sync(), system_prompt=INSTRUCTIONS, callback_handler=None
        )
        return str(agent(question))


if __name__ == "__main__":
    print(answer(sys.argv[1], os.environ["TOOLS_API_URL"], os.environ["TOOLS_TOKEN"]))
