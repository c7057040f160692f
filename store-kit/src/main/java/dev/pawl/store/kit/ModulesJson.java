package dev.pawl.store.kit;

import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The modules of a deployment as JSON: a list of objects with {@code id} and {@code name}. */
public final class ModulesJson {

    private ModulesJson() {}

    public static String write(List<ModuleIdentity> modules) {
        return JsonColumn.write(modules.stream()
                .map(identity -> Map.of("id", identity.id(), "name", identity.name()))
                .toList());
    }

    public static List<ModuleIdentity> read(String json) {
        List<ModuleIdentity> modules = new ArrayList<>();
        for (Map<String, Object> fields : JsonColumn.list(json)) {
            modules.add(new ModuleIdentity(String.valueOf(fields.get("id")), String.valueOf(fields.get("name"))));
        }
        return modules;
    }
}
