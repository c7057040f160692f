package dev.pawl.api.module;

/** The place in which the tasks of a module run. */
public enum Isolation {
    /** The server's own JVM, which is the fastest, and all that most modules need. */
    SERVER,

    /**
     * A JVM of its own for each task: it can be ended whatever it does, and its crash or lack of memory fails its job alone. For code that
     * is heavy, native or not trusted to end. The class has a public constructor without parameters, and uses the API, SLF4J and what its
     * own bundle holds; it gets no services.
     */
    PROCESS
}
