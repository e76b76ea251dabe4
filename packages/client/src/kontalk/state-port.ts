export interface StatePort {
  load(name: string): Promise<string | undefined>;
  save(name: string, text: string): Promise<void>;
}
