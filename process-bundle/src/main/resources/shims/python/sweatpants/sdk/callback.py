"""Calls to the address that started a job, signed so that it knows them."""

import base64
import hashlib
import hmac
import json
import sys
import time
import urllib.request


def _text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def sign_callback_token(secret, job_id, issuer="sweatpants", user_id=None):
    """A token that its holder can check with the secret; valid for five minutes."""
    claims = {
        "iss": issuer,
        "sub": int(user_id or 0),
        "scope": "callback:write",
        "exp": int(time.time()) + 300,
        "jti": job_id,
    }
    payload = _text(json.dumps(claims, separators=(",", ":")).encode("utf-8"))
    signature = hmac.new(secret.encode("utf-8"), payload.encode("ascii"), hashlib.sha256).digest()
    return payload + "." + _text(signature)


def _post(url, payload, secret, issuer, user_id):
    headers = {"Content-Type": "application/json", "User-Agent": "sweatpants-callback/0.4"}
    if secret:
        token = sign_callback_token(secret, str(payload.get("job_id", "")), issuer, user_id)
        headers["Authorization"] = "Bearer " + token
    body = json.dumps(payload, separators=(",", ":")).encode("utf-8")
    request = urllib.request.Request(url, body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return 200 <= answer.status < 300


async def send_signed_callback(url, payload, secret, *, issuer="sweatpants", user_id=None):
    """Posts the payload; whether the other side took it. Never raises."""
    import asyncio
    import os

    payload = dict(payload)
    payload.setdefault("job_id", os.environ.get("PAWL_JOB_ID", ""))
    try:
        return await asyncio.get_running_loop().run_in_executor(
            None, _post, url, payload, secret, issuer, user_id
        )
    except Exception as error:
        print("WARNING: The callback to %s failed: %s" % (url, error), file=sys.stderr)
        return False
