package dev.pawl.scheduler.artifact;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.SharedArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Contents of artifacts that several servers share, in a folder. */
final class SharedFolder implements SharedArtifacts {

    final AtomicInteger refusals = new AtomicInteger();
    final List<RunId> tidied = new ArrayList<>();
    private final Path folder;

    SharedFolder(Path folder) {
        this.folder = folder;
    }

    /** Records whose contents are shared here. */
    ArtifactStore over(ArtifactStore records) {
        return (ArtifactStore) Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(), new Class<?>[] {ArtifactStore.class}, (proxy, method, all) -> {
                    if (method.getName().equals("shared")) {
                        return Optional.of(this);
                    }
                    try {
                        return method.invoke(records, all);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Path file(UUID job, String name) {
        return folder.resolve(job + "." + name);
    }

    @Override
    public boolean keep(RunId run, Map<String, Path> files, BooleanSupplier giveUp) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The store is away.");
        }
        files.forEach((name, from) -> copy(from, file(run.job(), name)));
        return !giveUp.getAsBoolean();
    }

    @Override
    public boolean fetch(UUID job, String name, Path to) {
        if (!Files.exists(file(job, name))) {
            return false;
        }
        copy(file(job, name), to);
        return true;
    }

    @Override
    public void tidy(RunId run) {
        tidied.add(run);
    }

    @Override
    public void forgetUnrecorded(Duration within) {}

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
