package dev.pawl.testkit;

import dev.pawl.scheduler.catalog.InstalledModule;
import dev.pawl.scheduler.catalog.InstalledModules;
import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.ReadyModules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The modules of a harness's server: only the one under test, with those settings that a job cannot override.
 *
 * @param subject the module under test
 */
record HarnessModules(HarnessSubject subject) implements ReadyModules, InstalledModules, ModuleSettings {

    @Override
    public Optional<ModuleVersion> current(String id) {
        return Optional.of(subject);
    }

    @Override
    public Set<String> ids() {
        return Set.of(subject.id());
    }

    @Override
    public Optional<String> refusal(long bundle, String id) {
        return Optional.empty();
    }

    @Override
    public void retire(long bundle) {
        throw new UnsupportedOperationException("A harness keeps its module.");
    }

    @Override
    public void reinstate(long bundle) {
        throw new UnsupportedOperationException("A harness keeps its module.");
    }

    @Override
    public List<InstalledModule> all() {
        return List.of();
    }

    @Override
    public Optional<InstalledModule> find(String id) {
        return Optional.empty();
    }

    @Override
    public Map<String, Object> configured(String module) {
        return subject.adminsSettings();
    }

    @Override
    public void replace(String module, Map<String, Object> settings, List<String> secretNames) {
        throw new UnsupportedOperationException("A harness takes the settings of its job alone.");
    }
}
