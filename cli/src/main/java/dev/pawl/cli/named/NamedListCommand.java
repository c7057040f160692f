package dev.pawl.cli.named;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.screen.Table;
import picocli.CommandLine.Option;

/** Lists things that have names, such as hooks, a page at a time. */
public abstract class NamedListCommand extends ApiCommand {

    private static final int MOST = 100;

    @Option(
            names = "--cursor",
            paramLabel = "TEXT",
            description = "Continues a list of more than " + MOST + " entries, as that list says at its end.")
    private String cursor = "";

    private final String collection;
    private final String command;

    /**
     * Makes the command.
     *
     * @param collection the word for all of them in addresses and answers, such as {@code hooks}
     * @param command the command that lists them, such as {@code pawl hook list}
     */
    protected NamedListCommand(Invocation invocation, String collection, String command) {
        super(invocation);
        this.collection = collection;
        this.command = command;
    }

    @Override
    protected final int execute(Api api) throws Exception {
        Query query = new Query("/" + collection).with("limit", MOST).with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = columns();
        JsonTrees.stream(page.path(collection)).forEach(entry -> row(table, entry));
        screen().table(table, "No " + collection + ".");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().note("There are more: " + command + " --cursor " + next);
        }
    }

    /** A table with the columns of the list. */
    protected abstract Table columns();

    /** Adds the row of an entry. */
    protected abstract void row(Table table, JsonNode entry);
}
