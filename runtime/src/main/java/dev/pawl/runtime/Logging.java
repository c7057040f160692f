package dev.pawl.runtime;

/** Points logback at {@code etc/logback.xml} and fills in what that file leaves open. */
final class Logging {

    private Logging() {}

    /**
     * Must come before the first logger is made: logback reads its configuration once.
     *
     * @param console the least level that also goes to the terminal, {@code OFF} for none
     */
    static void configure(Distribution distribution, Settings settings, DataFolder data, String console) {
        System.setProperty(
                "logback.configurationFile",
                distribution.etc().resolve("logback.xml").toUri().toString());
        System.setProperty("pawl.log.level", settings.text(Settings.LOG_LEVEL));
        System.setProperty("pawl.log.console", console);
        System.setProperty("pawl.log.dir", data.logs().toString());
    }
}
