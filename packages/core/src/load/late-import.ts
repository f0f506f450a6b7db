/**
 * Makes what imports a file once it is needed. Node.js keeps an import that failed, such as where no more files could be
 * opened, until the process ends: each further try goes by another name.
 * @param file as the file that `load` is written in would name it; it must not bring a file of its own with it
 * @param load `(name) => import(name)`
 */
export function lateImport<Module>(
  file: string,
  load: (name: string) => Promise<Module>,
): () => Promise<Module> {
  let failures = 0;
  return async () => {
    try {
      return await load(failures === 0 ? file : `${file}?${failures}`);
    } catch (error) {
      failures += 1;
      throw error;
    }
  };
}
