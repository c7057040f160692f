package dev.pawl.shell.line;

import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Schedules;
import dev.pawl.service.shell.CommandShell;
import dev.pawl.service.shell.ShellAnswer;
import dev.pawl.service.shell.ShellWord;
import dev.pawl.service.worker.Workers;
import java.io.InputStream;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs command lines with Gogo, each in a session of its own. */
@Component(service = CommandShell.class)
public final class GogoShell implements CommandShell {
    private static final int MOST_OUTPUT = 1 << 20;

    private final CommandProcessor gogo;
    private final ShellHelp help;
    private final LineFailure failures;
    private final LineCompletion completion;

    @Activate
    public GogoShell(
            BundleContext context,
            @Reference CommandProcessor gogo,
            @Reference Scheduler scheduler,
            @Reference ModuleCatalog catalog,
            @Reference Workers workers,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    Schedules schedules) {
        CommandIndex commands = new CommandIndex(context);
        this.gogo = gogo;
        this.help = new ShellHelp(commands);
        this.failures = new LineFailure(commands);
        this.completion = new LineCompletion(commands, scheduler, catalog, workers, schedules);
    }

    @Override
    public ShellAnswer run(String line) {
        if (line.length() > MOST_CHARACTERS) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The line has " + line.length() + " characters; it takes up to " + MOST_CHARACTERS + ".");
        }
        List<String> words = LineWords.of(line);
        if (words.isEmpty()) {
            return new ShellAnswer("", false);
        }
        String first = words.get(0);
        String second = words.size() > 1 ? words.get(1) : "";
        if (first.equals("help") || first.equals("?")) {
            return helped(second);
        }
        if (second.equals("--help") || second.equals("-h")) {
            return helped(first);
        }
        if (first.equals("exit") || first.equals("quit")) {
            return new ShellAnswer("This word ends `pawl shell`; the server goes on.", true);
        }
        if (LineWords.isPastRecords(first)) {
            String verb = first.replaceFirst(".*:", "");
            return new ShellAnswer(
                    "`" + verb
                            + "` is the framework's own command, and Pawl would have no record of what it does: module:"
                            + verb + " is the one for modules.",
                    true);
        }
        String resolved = LineWords.resolved(first);
        return executed(resolved + line.strip().substring(first.length()), resolved);
    }

    @Override
    public List<ShellWord> complete(String line) {
        return line.length() > MOST_CHARACTERS ? List.of() : completion.of(line);
    }

    private ShellAnswer helped(String topic) {
        String text = help.about(topic);
        return text.isEmpty()
                ? new ShellAnswer("There is no command \"" + topic + "\". `help` lists the commands.", true)
                : new ShellAnswer(text.stripTrailing(), false);
    }

    private ShellAnswer executed(String line, String first) {
        BoundedText output = new BoundedText(MOST_OUTPUT);
        try (CommandSession session = gogo.createSession(InputStream.nullInputStream(), output, output)) {
            Object result = session.execute(line);
            String shown = result == null ? "" : String.valueOf(session.format(result, Converter.INSPECT));
            return new ShellAnswer((output.text() + "\n" + shown).strip(), false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new ShellAnswer("The command was interrupted.", true);
        } catch (Exception failed) { // whatever a command throws
            return new ShellAnswer((output.text() + "\n" + failures.sentence(failed, first)).strip(), true);
        }
    }
}
