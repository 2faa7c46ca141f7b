/** Kubernetes draws random suffixes from consonants and digits that cannot be mistaken: no vowels, no 0, 1, 3. */
const DEPLOYMENT = /^(.+?)(-[bcdfghjklmnpqrstvwxz2456789]{6,10}|-[0-9a-f]{8,10})(-[bcdfghjklmnpqrstvwxz2456789]{5})$/;
const RANDOM = /^(.+?)(-[bcdfghjklmnpqrstvwxz2456789]{5})$/;
const ORDINAL = /^(.+?)(-\d{1,5})$/;

/** A pod's name as the name of its workload and the suffixes that Kubernetes added. */
export function podParts(pod: string): { readonly base: string; readonly suffix: readonly string[] } {
  if (pod.length > LONGEST) return { base: pod, suffix: [] };
  const deployment = DEPLOYMENT.exec(pod);
  if (deployment !== null) return { base: deployment[1]!, suffix: [deployment[2]!, deployment[3]!] };
  const other = ORDINAL.exec(pod) ?? RANDOM.exec(pod);
  return other === null ? { base: pod, suffix: [] } : { base: other[1]!, suffix: [other[2]!] };
}

/** Longest name of an object. */
const LONGEST = 253;

/** The scheduled minute since 1970, or the second in old versions, for years 2017 to 2034. */
const CRON_RUN = /^(.+)-(?:2[4-9]\d{6}|3[0-3]\d{6}|1[5-9]\d{8}|20[0-3]\d{7})$/;

/** The CronJob that a Job's name speaks of: it appends the time for which the run was scheduled. */
export function cronJobOf(job: string): string | undefined {
  return CRON_RUN.exec(job.slice(0, LONGEST))?.[1];
}

/** The CronJob that a pod's name speaks of. */
export function cronJobOfPod(pod: string): string | undefined {
  const job = RANDOM.exec(pod.slice(0, LONGEST))?.[1];
  return job === undefined ? undefined : cronJobOf(job);
}

const TEMPLATE_HASH = /^(.+)-(?:[bcdfghjklmnpqrstvwxz2456789]{6,10}|[0-9a-f]{8,10})$/;

/** The Deployment that a ReplicaSet's name speaks of: it appends the hash of its pod template. */
export function deploymentOf(replicaSet: string): string | undefined {
  return TEMPLATE_HASH.exec(replicaSet.slice(0, LONGEST))?.[1];
}

/** Name of the workload of a pod as its name tells it: without the ordinal or the hashes that controllers append. */
export function workloadOf(pod: string): string {
  return cronJobOfPod(pod) ?? podParts(pod).base;
}
