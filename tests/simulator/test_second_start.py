"""A second start finds people, chats, content, quota and retry keys again; and the process ends cleanly."""

import os
import signal
import subprocess
import sys
import textwrap
import uuid
from pathlib import Path

from bot.simulator.client import SimulatorClient
from tests.simulator.harness import platform, text


def test_a_second_start_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    key = str(uuid.uuid4())
    with platform(state_dir=tmp_path, monthly_quota=300) as line:
        person = line.person("สมชาย")
        photo = line.client.send_files(person, [("a.png", b"\x89PNG\r\n\x1a\n")])[0]["id"]
        line.push(person, text("ก่อนปิด"), x_line_retry_key=key)
        blocker = line.person("มาลี")
        line.client.block(blocker)
        before = line.client.chat(person)
    with platform(state_dir=tmp_path, monthly_quota=300) as line:
        assert line.client.chat(person) == before
        assert {each["name"]: each["blocked"] for each in line.client.people()} == {"สมชาย": False, "มาลี": True}
        assert line.api("GET", f"/v2/bot/message/{photo}/content").json == b"\x89PNG\r\n\x1a\n"
        assert line.api("GET", "/v2/bot/message/quota/consumption").json == {"totalUsage": 1}
        assert line.push(person, text("ก่อนปิด"), x_line_retry_key=key).status == 409
        newer = line.client.send_text(person, "ต่อ")
        assert newer["seq"] > before[-1].seq
        assert int(newer["id"]) > int(before[-1].id)


def test_serve_ends_on_sigterm_with_streams_still_open() -> None:
    program = textwrap.dedent(
        """
        from bot.simulator.config import SimulatorConfig
        from bot.simulator.serve import serve
        config = SimulatorConfig(port=0, webhook_url="http://127.0.0.1:9/", channel_secret="s",
                                 channel_access_token="t")
        serve(config, ready=lambda url: print(url, flush=True))
        """
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    client = SimulatorClient(url)
    client.wait_ready()
    client.create_person("สมชาย")
    stream = client._pool.request("GET", f"{url}/simulator/api/stream?after=0", preload_content=False)
    assert stream.read(5) == b"data:"
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=20)
    stream.close()
    assert (process.returncode, out, err) == (0, "", "")
