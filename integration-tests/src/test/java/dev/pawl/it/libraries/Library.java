package dev.pawl.it.libraries;

/**
 * A library in a jar of the distribution.
 *
 * @param group its Maven group; empty where only a file's name tells of it
 * @param artifact its Maven artifact; {@code *} where only exported packages tell of it
 * @param version as it says; empty where it says none
 * @param place the jar it was found in, and the way into it
 */
record Library(String group, String artifact, String version, String place) {

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + (version.isEmpty() ? "(no version)" : version) + " in " + place;
    }
}
