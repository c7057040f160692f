package dev.pawl.oidc;

/** Texts of others, made fit to be shown: short, and in printable characters. */
final class Shown {

    private static final int LONGEST = 200;

    private Shown() {}

    static String text(String other) {
        String plain = other.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
