"""The program that ssh starts to ask something (SSH_ASKPASS): passes the question on to the running vmgui.

Started as a file of its own by a bare Python, so it imports nothing of vmgui. It finds its way by the environment
only: nothing of it is in an argument, where others could read it. Prints the answer; ends with 1 where there is
none. A mere notice ("touch your key") stays until ssh ends this program.
"""

from __future__ import annotations

import json
import os
import socket
import sys

SOCKET_VARIABLE = "VMGUI_ASKPASS_SOCKET"
TOKEN_VARIABLE = "VMGUI_ASKPASS_TOKEN"  # noqa: S105 - the name of a variable
MAX_ANSWER_BYTES = 65536


def ask(prompt: str) -> str | None:
    """What the person answers, or None."""
    question = {
        "token": os.environ.get(TOKEN_VARIABLE, ""),
        "prompt": prompt,
        "hint": os.environ.get("SSH_ASKPASS_PROMPT", ""),
    }
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as way:
        way.connect(os.environ.get(SOCKET_VARIABLE, ""))
        way.sendall(json.dumps(question).encode() + b"\n")
        data = b""
        while not data.endswith(b"\n") and len(data) < MAX_ANSWER_BYTES:
            piece = way.recv(4096)
            if not piece:
                return None
            data += piece
    answer = json.loads(data).get("answer")
    return answer if isinstance(answer, str) else None


def main() -> int:
    """The exit status ssh looks at."""
    try:
        answer = ask(sys.argv[1] if len(sys.argv) > 1 else "")
    except (OSError, ValueError):
        return 1
    if answer is None:
        return 1
    sys.stdout.write(answer + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
