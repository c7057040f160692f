package dev.pawl.service.catalog;

import java.util.Locale;

/** Whether a module can take jobs, and why not. */
public enum ModuleState {
    /** Its service is registered. */
    READY,
    /** Its bundle is stopped on request. */
    DISABLED,
    /** Its bundle is started, but its component lacks a reference or a configuration. */
    UNSATISFIED,
    /** Its bundle is being replaced. */
    UPDATING,
    /** Its bundle takes no more jobs and is removed when the last one that runs on it has ended. */
    RETIRING,
    /** Its bundle is installed and cannot be started. */
    FAILED;

    /** The word on the wire, such as {@code ready}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
