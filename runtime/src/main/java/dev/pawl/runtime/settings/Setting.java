package dev.pawl.runtime.settings;

import java.util.Optional;

/**
 * A setting that an operator may change.
 *
 * @param property its name in the framework and in {@code etc/pawl.properties}
 * @param environment the variable of the environment and of the env file
 * @param flag the option of the command line, if there is one
 * @param kind what it accepts
 * @param fallback what applies when nobody sets it; {@code <data>} stands for the data folder, which is the first of the table
 */
record Setting(String property, String environment, Optional<String> flag, SettingType kind, String fallback) {

    static Setting of(String property, SettingType kind, String fallback) {
        return new Setting(property, variable(property), Optional.empty(), kind, fallback);
    }

    Setting withFlag(String name) {
        return new Setting(property, environment, Optional.of(name), kind, fallback);
    }

    private static String variable(String property) {
        return property.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    }
}
