package dev.pawl.service.hook;

import java.util.Locale;

/** The rule for an input whose place in the call is empty. */
public enum MissingValue {
    /** The call is refused. */
    REFUSE,
    /** The input is left as the job of the hook has it, or to the default of the module. */
    OMIT;

    /** The rule with a wire name. */
    public static MissingValue of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The lower-case name used in requests. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
