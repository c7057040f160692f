package dev.pawl.it.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session as a page shows it: commands behind {@code $}, each with the lines that it says.
 *
 * @param commands the commands in order
 */
record ShownSession(List<Command> commands) {

    /** Parts of what is said that differ from run to run: ids, numbers, days and months. */
    private static final Pattern VARYING = Pattern.compile(
            "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d+|\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\b| +");

    /**
     * A command.
     *
     * @param typed the command, with all its lines
     * @param shown the lines that the page shows as its answer
     */
    record Command(String typed, List<String> shown) {

        /** The lines that are not in an answer. */
        List<String> missingIn(String answer) {
            return shown.stream()
                    .filter(line -> !pattern(line).matcher(answer).find())
                    .toList();
        }

        private static Pattern pattern(String line) {
            var pattern = new StringBuilder("(?m)^");
            Matcher varying = VARYING.matcher(line);
            int at = 0;
            while (varying.find()) {
                pattern.append(Pattern.quote(line.substring(at, varying.start())));
                pattern.append(
                        switch (varying.group().charAt(0)) {
                            case ' ' -> " +";
                            case 'M', 'T', 'W', 'F', 'S' -> "[A-Z][a-z]{2}";
                            default -> varying.group().length() == 36 ? "[0-9a-f-]{36}" : "\\d+";
                        });
                at = varying.end();
            }
            return Pattern.compile(pattern.append(Pattern.quote(line.substring(at)))
                    .append('$')
                    .toString());
        }
    }

    static ShownSession of(String block) {
        List<Command> commands = new ArrayList<>();
        var typed = new StringBuilder();
        List<String> shown = new ArrayList<>();
        for (String line : block.lines().toList()) {
            boolean goesOn = shown.isEmpty() && typed.toString().endsWith("\\\n");
            if (line.startsWith("$ ") || goesOn) {
                if (!goesOn && !typed.isEmpty()) {
                    commands.add(new Command(typed.toString(), List.copyOf(shown)));
                    typed.setLength(0);
                    shown.clear();
                }
                typed.append(goesOn ? line : line.substring(2)).append('\n');
            } else {
                shown.add(line);
            }
        }
        commands.add(new Command(typed.toString(), List.copyOf(shown)));
        return new ShownSession(commands);
    }
}
