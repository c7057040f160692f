package dev.pawl.cli.completion;

import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the script that lets a shell complete this command. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints the script by which bash, zsh or fish completes commands, options and ids.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(pawl completion bash)          # in ~/.bashrc",
            "  pawl completion zsh > ~/.zfunc/_pawl    # a folder of fpath",
            "  pawl completion fish > ~/.config/fish/completions/pawl.fish"
        })
public final class CompletionCommand implements Callable<Integer> {
    /** The shells. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    private final Invocation invocation;
    private final Supplier<CommandLine> commands;

    /** @param commands makes the top command with all others */
    public CompletionCommand(Invocation invocation, Supplier<CommandLine> commands) {
        this.invocation = invocation;
        this.commands = commands;
    }

    @Override
    public Integer call() {
        CommandTree tree = new CommandTree(commands.get());
        invocation
                .screen()
                .raw(
                        switch (shell) {
                            case BASH -> new BashScript(tree).bash();
                            case ZSH -> new BashScript(tree).zsh();
                            case FISH -> new FishScript(tree).text();
                        });
        invocation.screen().flush();
        return ExitCode.OK;
    }
}
