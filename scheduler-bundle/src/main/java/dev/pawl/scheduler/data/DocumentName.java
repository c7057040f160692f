package dev.pawl.scheduler.data;

/** What may be the name of a document, or of the module that owns it. */
public final class DocumentName {

    /** In words, to go on from "takes". */
    public static final String ACCEPTED = "1 to 200 characters without / \\ and control characters";

    private static final int LONGEST = 200;

    private DocumentName() {}

    public static boolean fits(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
