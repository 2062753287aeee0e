"""An agent of LangChain, which runs on LangGraph, with the tools over MCP.

https://docs.langchain.com/oss/python/langchain/mcp
"""

import asyncio
import os
import sys

from fastmcp.client.transports import StreamableHttpTransport
from langchain.agents import create_agent
from langchain.mcp import MCPAdapter

MODEL = "anthropic:claude-sonnet-5"
INSTRUCTIONS = (
    "Answer with what the tools give. Where a tool answers authorization_required, give the user its "
    "authorization_url and ask them to open it; then try again when they say so."
)


async def answer(question, api_url, token, model=MODEL):
    # The token says who the user is, so every user needs a transport of their own.
    transport = StreamableHttpTransport(f"{api_url}/mcp", headers={"authorization": f"Bearer {token}"})
    async with MCPAdapter(transport) as adapter:
        agent = create_agent(model, await adapter.list_tools(), system_prompt=INSTRUCTIONS)
        result = await agent.ainvoke({"messages": [{"role": "user", "content": question}]})
    return result["messages"][-1].text


if __name__ == "__main__":
    print(asyncio.run(answer(sys.argv[1], os.environ["TOOLS_API_URL"], os.environ["TOOLS_TOKEN"])))
