package dev.pawl.benchmarks;

import java.util.List;

/** A measurement of the real distribution, beside a peer where there is one. */
interface Benchmark {

    /** The name by which {@code benchmarks/run} is told to run this one alone. */
    String name();

    /** The heading of its rows: what is measured. */
    String title();

    /** Measures. Starts and ends every process it needs, and leaves no file. */
    List<Row> run(Scale scale) throws Exception;
}
