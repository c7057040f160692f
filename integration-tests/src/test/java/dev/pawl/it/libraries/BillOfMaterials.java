package dev.pawl.it.libraries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bill of materials of a distribution, which is CycloneDX in JSON. */
record BillOfMaterials(JsonNode document, List<Component> components) {

    /** The packages of groups that are named otherwise. */
    private static final Map<String, String> OTHER_PACKAGES = Map.of(
            "com.fasterxml.jackson.core", "com.fasterxml.jackson",
            "org.apache.httpcomponents.client5", "org.apache.hc.client5",
            "org.apache.httpcomponents.core5", "org.apache.hc.core5",
            "org.seleniumhq.selenium", "org.openqa.selenium");

    /**
     * A library.
     *
     * @param group its Maven group; empty when it has none
     * @param inside the third-party libraries inside it
     */
    record Component(String group, String name, String version, String purl, List<Component> inside) {

        boolean is(Library library) {
            return (library.group().isEmpty() || library.group().equals(group))
                    && library.artifact().equals(name)
                    && library.version().equals(version);
        }

        /** Whether a class is in its packages, which bear the name of its group unless the list of others says otherwise. */
        boolean mayHold(String type) {
            return type.startsWith(OTHER_PACKAGES.getOrDefault(group, group) + ".");
        }

        String coordinates() {
            return group + ":" + name + ":" + version;
        }
    }

    static BillOfMaterials read(Path file) throws IOException {
        JsonNode document = new ObjectMapper().readTree(file.toFile());
        return new BillOfMaterials(document, components(document));
    }

    /** The components, and the ones inside them. */
    List<Component> all() {
        List<Component> all = new ArrayList<>(components);
        for (Component component : components) {
            for (Component inside : component.inside()) {
                all.add(inside);
                all.addAll(inside.inside());
            }
        }
        return all;
    }

    private static List<Component> components(JsonNode holder) {
        List<Component> components = new ArrayList<>();
        for (JsonNode component : holder.path("components")) {
            components.add(new Component(
                    component.path("group").asText(),
                    component.path("name").asText(),
                    component.path("version").asText(),
                    component.path("purl").asText(),
                    components(component)));
        }
        return components;
    }
}
