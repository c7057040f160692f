package dev.pawl.it.libraries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bill of materials of a distribution, which is CycloneDX in JSON. */
record BillOfMaterials(JsonNode document, List<Component> components) {

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
        components.forEach(component -> all.addAll(component.inside()));
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
