package dev.pawl.cli.project;

import dev.pawl.cli.command.UsageException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/**
 * The names in a new project.
 *
 * @param id the module's id, which is also the name of the artifact and of the folder
 * @param group the Maven group, which the package is in
 * @param packageName the Java package
 * @param className the module's class
 * @param title the name for people
 */
record ProjectNames(String id, String group, String packageName, String className, String title) {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_ID = 64;
    private static final String MODULE = "Module";

    /** Checks the names; throws an exception that names the one that cannot be used. */
    static ProjectNames of(String id, String group) throws UsageException {
        if (!ID.matcher(id).matches() || id.length() > LONGEST_ID) {
            throw new UsageException("The name is \"" + id + "\"; a module's name has lower-case letters, digits, and"
                    + " - between words, at most " + LONGEST_ID + " characters, such as word-count.");
        }
        if (!SourceVersion.isName(group)) {
            throw new UsageException(
                    "--group is \"" + group + "\"; it takes the name of a Java package, such as" + " com.example.");
        }
        return new ProjectNames(id, group, packageName(id, group), className(id), title(id));
    }

    private static String packageName(String id, String group) {
        String last = id.replace("-", "");
        return group + "." + (SourceVersion.isKeyword(last) ? last + "module" : last);
    }

    private static String className(String id) {
        StringBuilder pascal = new StringBuilder();
        for (String word : id.split("-", -1)) {
            pascal.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        String name = pascal.toString();
        return name.endsWith(MODULE) && !name.equals(MODULE) ? name : name + MODULE;
    }

    private static String title(String id) {
        String words = id.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
