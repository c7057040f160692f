package dev.pawl.it.modules.needy;

/** A service that a module needs from another bundle. */
public interface Paper {

    /** The number of sheets left. */
    int sheets();
}
