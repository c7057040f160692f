package dev.pawl.it.libraries;

/**
 * A library in a jar of the distribution.
 *
 * @param group its Maven group; empty when only a file's name identifies it
 * @param artifact its Maven artifact; {@code *} when only exported packages identify it
 * @param version its stated version; empty when it states none
 * @param place the jar in which it was found, and the path inside that jar
 */
record Library(String group, String artifact, String version, String place) {

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + (version.isEmpty() ? "(no version)" : version) + " in " + place;
    }
}
