package dev.pawl.service.hook;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A call of a hook as it came.
 *
 * @param headers its headers; names in any case, of which only one is kept
 * @param query the parameters of its address
 * @param body the bytes of its body, read-only; each caller gets a buffer of its own
 */
public record HookCall(Map<String, String> headers, Map<String, String> query, ByteBuffer body) {

    public HookCall {
        Map<String, String> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        headers = Map.copyOf(lower);
        query = Map.copyOf(query);
        body = body.asReadOnlyBuffer();
    }

    /** A call with a body of bytes, which nobody changes. */
    public static HookCall of(Map<String, String> headers, Map<String, String> query, byte[] body) {
        return new HookCall(headers, query, ByteBuffer.wrap(body));
    }

    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    @Override
    public String toString() {
        return "HookCall[" + body.remaining() + " bytes]"; // a header may be a secret
    }
}
