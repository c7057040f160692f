package dev.pawl.cli.named;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine.Parameters;

/** A command for one of the things that have names, such as a hook. */
public abstract class NamedCommand extends ApiCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    private final String collection;

    /** @param collection the address of all of them, such as {@code /hooks} */
    protected NamedCommand(Invocation invocation, String collection) {
        super(invocation);
        this.collection = collection;
    }

    /** The name that was given. */
    protected final String name() {
        return name;
    }

    /** The address of the one that has it. */
    protected final String path() {
        return collection + "/" + Api.segment(name);
    }

    /** Removes it, and says so. */
    protected final int remove(Api api) throws Exception {
        return show(api.delete(path()), nothing -> screen().line("Removed " + name + "."));
    }
}
