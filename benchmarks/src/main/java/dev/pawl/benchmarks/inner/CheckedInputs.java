package dev.pawl.benchmarks.inner;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Required;
import dev.pawl.scheduler.schema.RecordSchema;
import dev.pawl.scheduler.schema.ValueSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The check of a request's inputs against the record that a module declares, beside Jackson's conversion to that record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CheckedInputs {

    private final ObjectMapper mapper = new ObjectMapper();
    private final ValueSchema schema = RecordSchema.of(Inputs.class);
    private final Map<String, Object> given =
            Map.of("source", "film.mkv", "quality", 22, "tracks", List.of("en", "de"), "dry", true);

    /** Inputs such as those of an encoder. */
    public record Inputs(
            @Required String source,
            @Default("20") @Bounds(min = 0, max = 51) int quality,
            List<String> tracks,
            boolean dry) {}

    /** The work of Pawl. */
    @Benchmark
    public Map<String, Object> pawl() {
        return schema.convert(given, "an input of encode");
    }

    /** The work of the peer. */
    @Benchmark
    public Inputs peer() {
        return mapper.convertValue(given, Inputs.class);
    }
}
