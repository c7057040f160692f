package dev.pawl.scheduler;

import dev.pawl.api.module.AutomationModule;

/** The modules that all worlds use in turn: creating them for each world would take longer than the world itself. */
final class SimulatedModules {

    /** Number of jobs of the module {@code narrow} that may run at once; {@code wide} has no limit. */
    static final int NARROW = 1;

    private final FakeModules modules = new FakeModules();
    private volatile SimulatedThreads threads;
    private volatile SimulatedModel model;

    SimulatedModules() {
        put("wide", 0);
        put("narrow", NARROW);
    }

    private void put(String id, int concurrency) {
        modules.put(
                id,
                concurrency,
                SimulatedModule.Inputs.class,
                AutomationModule.NoFields.class,
                () -> new SimulatedModule(threads, model));
    }

    /** Sets the threads and the model of the process that new instances belong to. */
    FakeModules of(SimulatedThreads presentThreads, SimulatedModel presentModel) {
        threads = presentThreads;
        model = presentModel;
        return modules;
    }
}
