package dev.pawl.benchmarks.inner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.store.kit.RequestJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A request to the text of its row and back, beside Jackson with the same text and plain maps. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class KeptRequest {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final ObjectMapper mapper = new ObjectMapper();
    private final JobRequest request = JobRequest.builder(List.of(
                    new Task("encode", Map.of("source", "film.mkv", "quality", 22, "tracks", List.of("en", "de")))))
            .title("Film")
            .priority(3)
            .build();
    private final String text = RequestJson.write(request);

    /** The work of Pawl. */
    @Benchmark
    public JobRequest pawl() {
        return RequestJson.read(RequestJson.write(request));
    }

    /** The work of the peer. */
    @Benchmark
    public String peer() throws JsonProcessingException {
        return mapper.writeValueAsString(mapper.readValue(text, MAP));
    }
}
