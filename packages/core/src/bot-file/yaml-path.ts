/** Keys and indexes from the top of a document to a node. */
export type YamlPath = readonly (string | number)[];
