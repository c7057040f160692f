package dev.pawl.cli.completion;

import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The kinds of values that a server or the user's contexts complete. */
enum ValueKind {
    /** Ids of jobs. */
    JOBS,
    /** Ids of modules. */
    MODULES,
    /** Names of a module's inputs, each with its equals sign. */
    INPUTS,
    /** Names of secrets. */
    SECRETS,
    /** Names of schedules. */
    SCHEDULES,
    /** Names of hooks. */
    HOOKS,
    /** Names of notifications. */
    NOTIFICATIONS,
    /** Ids of received callbacks. */
    CALLBACKS,
    /** Ids of workers. */
    WORKERS,
    /** Names of contexts. */
    CONTEXTS,
    /** None of these. */
    NONE;

    private static final Set<String> OF_JOBS = Set.of(
            "job", "why", "logs", "result", "artifacts", "stop", "resume", "retry", "prioritize", "wait", "callback");

    /** Commands of modules that take no installed one. */
    private static final Set<String> NOT_INSTALLED =
            Set.of("install", "reload", "list", "new", "link", "dev", "describe");

    /** The word by which the scripts ask for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of an option's value. */
    static ValueKind of(OptionSpec option) {
        return switch (option.longestName()) {
            case "--input" -> INPUTS;
            case "--module", "--task" -> MODULES;
            case "--job", "--after" -> JOBS;
            case "--context" -> CONTEXTS;
            default -> NONE;
        };
    }

    /** The kind of a command's arguments. */
    static ValueKind of(CommandSpec command) {
        if (command.positionalParameters().isEmpty()) {
            return NONE;
        }
        String parent = command.parent() == null ? "" : command.parent().name();
        return switch (parent) {
            case "module" -> NOT_INSTALLED.contains(command.name()) ? NONE : MODULES;
            case "data" -> MODULES;
            case "secret" -> SECRETS;
            case "schedule" -> SCHEDULES;
            case "hook" -> HOOKS;
            case "notify" -> NOTIFICATIONS;
            case "callbacks" -> CALLBACKS;
            case "context" -> CONTEXTS;
            case "pawl" ->
                OF_JOBS.contains(command.name())
                        ? JOBS
                        : switch (command.name()) {
                            case "run" -> MODULES;
                            case "drain" -> WORKERS;
                            default -> NONE;
                        };
            default -> NONE;
        };
    }

    /** Whether an argument takes a value. */
    static boolean takesValue(ArgSpec argument) {
        return argument.arity().max() > 0;
    }
}
