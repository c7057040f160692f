package dev.pawl.samples.backup;

import dev.pawl.api.module.ValidationException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * The globs of what a backup leaves out. One without a slash is held against each name, one with a slash against the path from the folder
 * on; one that ends with a slash is for folders alone. What is in an excluded folder is excluded too.
 */
final class Exclusions {

    private record Glob(PathMatcher matcher, boolean foldersAlone, boolean ofName) {}

    private final List<Glob> globs = new ArrayList<>();

    private Exclusions() {}

    /** Reads the input {@code exclude}. */
    static Exclusions of(List<String> texts) throws ValidationException {
        Exclusions exclusions = new Exclusions();
        for (String text : texts) {
            boolean foldersAlone = text.endsWith("/");
            String glob = text.replaceAll("^/+|/+$", "");
            if (glob.isEmpty()) {
                throw new ValidationException(
                        "exclude has the entry \"" + text + "\"; it takes globs such as *.tmp or cache/.");
            }
            try {
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
                boolean ofName = glob.indexOf('/') < 0 && !text.startsWith("/");
                exclusions.globs.add(new Glob(matcher, foldersAlone, ofName));
            } catch (PatternSyntaxException e) {
                throw new ValidationException(
                        "exclude has the entry \"" + text + "\", which is no glob: " + e.getDescription() + ".", e);
            }
        }
        return exclusions;
    }

    /**
     * Whether an entry is left out.
     *
     * @param relative its path from the folder on
     */
    boolean excludes(Path relative, boolean isFolder) {
        for (Glob glob : globs) {
            Path subject = glob.ofName() ? relative.getFileName() : relative;
            if ((isFolder || !glob.foldersAlone()) && glob.matcher().matches(subject)) {
                return true;
            }
        }
        return false;
    }
}
