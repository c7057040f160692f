package dev.pawl.cli.screen;

/** Colours and weights, as ANSI escape sequences. */
public enum Colour {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34"),
    CYAN("36");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** The text in this colour when the terminal shows colours, else the plain text. */
    public String paint(String text, Terminal terminal) {
        return this == PLAIN || text.isEmpty() || !terminal.coloured()
                ? text
                : "\u001b[" + code + "m" + text + "\u001b[0m";
    }

    /** The colour of a job's status on the wire. */
    public static Colour ofStatus(String status) {
        return switch (status) {
            case "running", "in_progress" -> CYAN;
            case "completed", "ready", "online" -> GREEN;
            case "failed" -> RED;
            case "stopped", "unsatisfied", "updating" -> YELLOW;
            case "pending" -> BLUE;
            case "disabled", "idle" -> DIM;
            default -> PLAIN;
        };
    }

    /** The colour of a log level on the wire. */
    public static Colour ofLevel(String level) {
        return switch (level) {
            case "DEBUG" -> DIM;
            case "WARNING" -> YELLOW;
            case "ERROR" -> RED;
            default -> PLAIN;
        };
    }
}
