package dev.pawl.http.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pawl.http.answer.WorkerJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.JsonTree;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HeartbeatBodyTest {

    @ParameterizedTest
    @MethodSource("beats")
    void aHeartbeatIsTakenWhateverItSays(String field, String said, @Nullable Object shown) {
        String body = "{\"more\": [1], \"" + field + "\": " + said + "}";
        Heartbeat beat = HeartbeatBody.read(HeartbeatBody.SHAPE.read(body.getBytes(StandardCharsets.UTF_8)));
        Worker worker = new Worker("w", beat, Instant.EPOCH, false, List.of());
        String told = JsonText.text(json -> WorkerJson.WORKER.write(json, worker));
        Map<?, ?> fields = (Map<?, ?>) JsonTree.read(told.getBytes(StandardCharsets.UTF_8));
        assertEquals(shown, fields.get(field), body);
    }

    static Stream<Arguments> beats() {
        String long1 = "x".repeat(1_500);
        return Stream.of(
                arguments("online_at", "\"2026-01-01 10:00:00.392000+00:00\"", "2026-01-01T10:00:00.392+00:00"),
                arguments("online_at", "\"2026-01-01 10:00:00+02:00\"", "2026-01-01T08:00:00.000+00:00"),
                arguments("online_at", "\"None\"", null),
                arguments("online_at", "1767261600", null),
                arguments("progress", "194", new BigDecimal("100.0")),
                arguments("progress", "194.7", new BigDecimal("100.0")),
                arguments("progress", "-5", new BigDecimal("0.0")),
                arguments("progress", "1e400", new BigDecimal("100.0")),
                arguments("progress", "\"42.5\"", new BigDecimal("42.5")),
                arguments("progress", "\"NaN\"", null),
                arguments("progress", "\"soon\"", null),
                arguments("progress", "null", null),
                arguments("progress", "true", null),
                arguments("info", "\"pass 1\"", "pass 1"),
                arguments("info", "[1, \"a\"]", List.of(1, "a")),
                arguments("info", "7", 7),
                arguments("info", "null", null),
                arguments("status", "\"busy\"", "idle"),
                arguments("status", "null", "idle"),
                arguments("hostname", "12", "12"),
                arguments("hostname", "null", ""),
                arguments("hostname", '"' + long1 + '"', TextLimit.NAME.kept(long1)),
                arguments("version", "[1, 5]", "[1,5]"),
                arguments("task", "{\"a\": 1}", "{\"a\":1}"),
                arguments("job_title", '"' + long1 + '"', long1),
                arguments("job_id", "\"1-2\"", null),
                arguments("job_id", "5", null));
    }
}
