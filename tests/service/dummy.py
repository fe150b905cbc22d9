"""A program to supervise: answers 200 on a port, says its pid, has a child of its own; or fails at once.

dummy.py PORT [fail|stubborn]
"""

import http.server
import os
import signal
import subprocess
import sys


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    if "fail" in sys.argv:
        sys.exit("kan ikke: noget mangler")
    if "stubborn" in sys.argv:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    print(f"pid {os.getpid()} {grandchild.pid}")
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
