package dev.pawl.scheduler.data;

/** Rule for the names of documents, and of the modules that own them. */
public final class DocumentName {

    /** The rule in words that complete "it takes …". */
    public static final String ACCEPTED = "1 to 200 characters without / \\ and control characters";

    private static final int LONGEST = 200;

    private DocumentName() {}

    public static boolean fits(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }
}
