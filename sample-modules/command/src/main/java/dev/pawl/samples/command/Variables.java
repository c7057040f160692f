package dev.pawl.samples.command;

import dev.pawl.api.module.ValidationException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The environment variables that a job may set: all but those by which a loader, a shell or an interpreter is made to run other code, which would
 * make the list of allowed programs useless.
 *
 * @param allowed names of the latter that an admin allows
 */
record Variables(List<String> allowed) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern TAKES_OVER = Pattern.compile(
            "(LD|DYLD|GCONV|PYTHON|PERL|RUBY|NODE|LUA|PHP|GIT|SSH|PAWL|JAVA|JDK|MAVEN|BASH)_?.*"
                    + "|_JAVA_OPTIONS|CLASSPATH|PATH|IFS|ENV|PS4|SHELLOPTS|SHELL|EDITOR|VISUAL|PAGER|LESSOPEN|LESSCLOSE|HOME|NLSPATH");

    /** Checks the names and values. */
    void check(Map<String, String> environment) throws ValidationException {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (!NAME.matcher(name).matches()) {
                throw new ValidationException("environment has the name \"" + name.replace('\0', '␀')
                        + "\"; a variable's name is letters, digits and underscores, and begins with no digit.");
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                throw new ValidationException(
                        "environment." + name + " has a NUL character, which no program can be given.");
            }
            if (TAKES_OVER.matcher(name).matches() && !allowed.contains(name)) {
                throw new ValidationException(
                        "environment has " + name
                                + ", which can change the code that a program runs. An admin allows it by the setting allowed_variables of the module command.");
            }
        }
    }
}
