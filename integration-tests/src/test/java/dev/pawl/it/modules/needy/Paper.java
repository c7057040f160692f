package dev.pawl.it.modules.needy;

/** What a module may need of another bundle. */
public interface Paper {

    /** How many sheets are left. */
    int sheets();
}
