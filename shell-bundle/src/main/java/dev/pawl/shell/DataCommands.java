package dev.pawl.shell;

import dev.pawl.service.data.Documents;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shell commands for the JSON documents of modules. */
@Component(service = DataCommands.class)
@GogoCommand(
        scope = "data",
        function = {"get", "put", "rm", "names"})
public final class DataCommands {

    private final Documents documents;
    private final ShellAudit audit;

    @Activate
    public DataCommands(@Reference Documents documents, @Reference ShellAudit audit) {
        this.documents = documents;
        this.audit = audit;
    }

    @Descriptor("shows a document as JSON")
    public String get(@Descriptor("the module's id") String module, @Descriptor("the document's name") String name)
            throws CommandException {
        return CommandException.unless(() -> documents.get(module, name));
    }

    @Descriptor("stores or replaces a document, such as: data:put hello words '{\"formal\": \"Good day\"}'")
    public String put(
            @Descriptor("the module's id") String module,
            @Descriptor("the document's name") String name,
            @Descriptor("a JSON object") String json)
            throws CommandException, InterruptedException {
        audit.atOnce("data.put", module + "/" + name, () -> documents
                .put(module, name, json)
                .thenApply(done -> true));
        return "Stored " + name + " of " + module + ".";
    }

    @Descriptor("deletes a document")
    public String rm(@Descriptor("the module's id") String module, @Descriptor("the document's name") String name)
            throws CommandException, InterruptedException {
        audit.atOnce("data.delete", module + "/" + name, () -> documents
                .delete(module, name)
                .thenApply(done -> true));
        return "Deleted " + name + " of " + module + ".";
    }

    @Descriptor("the names of a module's documents")
    public List<String> names(@Descriptor("the module's id") String module) throws CommandException {
        return CommandException.unless(() -> documents.names(module));
    }
}
